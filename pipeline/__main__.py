"""`python -m pipeline` is `onrecord`."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
