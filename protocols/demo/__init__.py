"""Tells the demo region's story (motions.demo) to an empty database, through the actions that users press."""
