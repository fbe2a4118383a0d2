"""Opening, making and closing inspections; the pages shown while none is open."""
