"""From what somebody wants to a request that is stored, waits in line and is drawn."""
