"""Searching a site: the passages that can be found, the index of their words, and the pages for both."""
