"""The report: context → Jinja → HTML → typed blocks → Word and web page. Needs no screen."""
