"""A register and the text of a document → names of persons, places and bodies."""
