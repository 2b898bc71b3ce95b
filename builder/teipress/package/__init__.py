"""Text files and assets → artifacts on disk: copies, a zip with fixed order and dates, a PDF by WeasyPrint.

No templates here. Everything is written into a staging folder beside the output and renamed in when whole.
"""
