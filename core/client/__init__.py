"""How a party calls the servers: addresses, keys, transport, the device's calls and the terminal's."""
