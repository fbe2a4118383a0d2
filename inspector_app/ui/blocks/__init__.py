"""The block editor: one text area for the paragraphs and bullets of one part of the report."""
