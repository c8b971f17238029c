"""The subcommands of `diagram-bot`, one module each: `add` declares it, `run` does it."""
