"""From a Spec to a picture: layout, exact geometry checks, rendering."""
