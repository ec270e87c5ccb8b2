"""Pages and files made from results."""
