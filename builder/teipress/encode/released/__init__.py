"""What a declassification review leaves on a page: gaps, exemption codes, markings, distribution lists."""
