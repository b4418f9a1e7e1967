"""The AI device: it hears an order, asks through the servers, and says what came of it."""
