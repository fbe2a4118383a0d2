"""The outline: its entries, how far each is, and which page shows an entity."""
