"""python -m citecheck, and the console script."""

from citecheck.cli.commands import main

if __name__ == "__main__":
    main()
