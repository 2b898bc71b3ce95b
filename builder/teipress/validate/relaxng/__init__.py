"""RELAX NG: a schema and a tree → every independent fault, told in the terms of the document.

    schema.py       a file → a schema, its soundness remembered on disk
    grammar.py      the schema's XML → patterns (specification, 4), built when they are asked for
    syntax.py       faults in how a schema is written (3, 4)
    restrictions.py faults in what it means (7)
    patterns.py     patterns and their derivatives
    names.py        name classes
    datatypes.py    the built-in datatypes and those of XML Schema, with their facets
    values.py       what a string means by one of them
    validator.py    a tree → faults, and how to go on after one
    expected.py     what could come instead
    messages.py     a fault → a finding

An import in here points down this list's order of use: `messages` and `validator` know `patterns`, never the reverse.
"""
