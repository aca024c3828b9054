"""The commands: one file a group, loaded when it is asked for (console.cli.entrance)."""
