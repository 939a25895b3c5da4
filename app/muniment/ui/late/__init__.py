"""What has happened: entered after the event, by two persons, with every broken rule shown before."""
