"""All families of processes and flows, with their shares of the training corpus."""

from __future__ import annotations

from ml.language.corpus import (
    flows_branches,
    flows_chains,
    flows_decisions,
    flows_korean,
    flows_lines,
    flows_loops,
    flows_people,
    flows_services,
)
from ml.language.corpus.draft import Family

FAMILIES: tuple[tuple[Family, float], ...] = (
    (flows_chains.arrows, 6.0),
    (flows_chains.arrow_lines, 1.0),
    (flows_chains.commas, 3.0),
    (flows_chains.prose_actions, 4.0),
    (flows_chains.pairs_prose, 2.0),
    (flows_chains.passes_along, 3.0),
    (flows_chains.through, 1.0),
    (flows_chains.numbered, 3.0),
    (flows_chains.bulleted, 2.0),
    (flows_chains.ordinals, 1.0),
    (flows_branches.fan_out, 3.0),
    (flows_branches.join, 3.0),
    (flows_branches.diamond, 3.0),
    (flows_branches.arrow_groups, 3.0),
    (flows_branches.parallel, 2.0),
    (flows_branches.edge_list, 3.0),
    (flows_branches.any_edges, 2.0),
    (flows_branches.nodes_then_edges, 1.0),
    (flows_branches.tree, 2.0),
    (flows_branches.branches, 2.0),
    (flows_decisions.if_else, 4.0),
    (flows_decisions.whether, 3.0),
    (flows_decisions.question, 4.0),
    (flows_decisions.only_if, 1.5),
    (flows_decisions.outcomes, 2.0),
    (flows_decisions.nested, 2.0),
    (flows_loops.cycle, 3.0),
    (flows_loops.feedback, 2.0),
    (flows_loops.repeat_until, 3.0),
    (flows_loops.while_loop, 1.0),
    (flows_loops.send_back, 3.0),
    (flows_loops.retry, 1.5),
    (flows_loops.numbered_jumps, 1.0),
    (flows_services.calls, 4.0),
    (flows_services.it_also, 2.5),
    (flows_services.there_too, 2.0),
    (flows_services.reversed_edges, 1.0),
    (flows_services.labelled, 2.0),
    (flows_services.dashed, 1.0),
    (flows_services.on_failure, 1.0),
    (flows_people.clauses, 2.0),
    (flows_people.hand_over, 1.0),
    (flows_people.reports_to, 0.5),
    (flows_people.start_to_end, 2.0),
    (flows_people.approval, 1.0),
    (flows_lines.in_and_out, 6.0),
    (flows_lines.conversions, 2.0),
    (flows_korean.korean_arrows, 2.0),
    (flows_korean.korean_lists, 1.5),
    (flows_korean.korean_branches, 1.0),
    (flows_korean.other_scripts, 1.0),
)
"""Every family for training and its relative share."""

HELD_OUT: tuple[Family, ...] = ()
"""Families of phrasings that training never sees."""
