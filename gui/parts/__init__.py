"""Small widgets that every window is made of."""
