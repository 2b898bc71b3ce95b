"""What stands in a sentence: enumerations, foreign words, dates, words cut by line ends, suspected errors."""
