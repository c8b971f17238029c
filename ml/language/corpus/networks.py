"""All network families with their weights in the corpus, and those kept apart for evaluation."""

from __future__ import annotations

from ml.language.corpus import (
    networks_canon,
    networks_conv,
    networks_counted,
    networks_lists,
    networks_shapes,
    networks_skips,
)
from ml.language.corpus.draft import Family

FAMILIES: tuple[tuple[Family, float], ...] = (
    (networks_counted.sentence, 8),
    (networks_counted.reversed_sentence, 2),
    (networks_counted.only_hidden, 1.5),
    (networks_shapes.shorthand, 4),
    (networks_shapes.arrows_with_words, 2.5),
    (networks_shapes.named_layers, 2.5),
    (networks_shapes.task, 2.5),
    (networks_shapes.no_hidden, 1),
    (networks_shapes.chat, 2.5),
    (networks_shapes.layer_by_layer, 2),
    (networks_conv.layers_in_sentence, 8),
    (networks_conv.layer_rows, 4),
    (networks_conv.repeated_blocks, 2.5),
    (networks_conv.counted_stacks, 2),
    (networks_lists.any_layers, 6),
    (networks_lists.invented_chain, 3),
    (networks_lists.code, 2),
    (networks_skips.skips, 4),
    (networks_skips.also, 3),
    (networks_skips.residual_block, 2.5),
    (networks_skips.residual_stack, 1.5),
    (networks_skips.concat_skip, 1.5),
    (networks_skips.numbered_skip, 1.5),
    (networks_skips.densely_connected, 0.7),
    (networks_canon.by_name, 6),
)
"""Each family and its weight: how often it is drawn beside the others."""

HELD_OUT: tuple[Family, ...] = ()
"""Phrasings that are in no family above: for evaluation alone."""
