"""``python -m teipress`` → the command line."""

from teipress.cli import main

if __name__ == "__main__":
    main()
