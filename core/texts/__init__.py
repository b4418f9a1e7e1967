"""Every sentence that a person reads or hears, in English and Japanese, from `.ftl` files."""
