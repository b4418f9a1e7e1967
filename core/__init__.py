"""Everything of Nod but its windows and its AI device."""
