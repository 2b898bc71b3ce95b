"""A transcription and its profile → TEI with every word of it, and what the editor should know.

The way: `transcription` (characters) → `blocks` (nodes) → rules that turn nodes into other nodes → rules that find
spans in their text → `tree` (elements) and `header`. `transcript` goes the way back.
"""
