"""A built edition → what an archive or a library takes in: packages of one kind or another, and their proof."""
