"""The slips that are put into right answers: each rule under the name by which the table tells of it."""

from __future__ import annotations

from autograder.authoring.mutants import expressions, learners, statements
from autograder.authoring.mutants.syntax import Rule, everywhere

RULES: dict[str, Rule] = {
    "statement left out": statements.left_out,
    "statement doubled": statements.doubled,
    "neighbours swapped": statements.swapped,
    "moved in or out": statements.moved,
    "one round only": statements.one_round,
    "block taken away": statements.block_taken_away,
    "decorator left out": statements.decorator_left_out,
    "printed, not returned": statements.printed,
    "something else returned": statements.another_returned,
    "memory kept": statements.memory_kept,
    "state left behind": statements.left_behind,
    "argument changed": statements.argument_changed,
    "parameter ignored": statements.parameter_ignored,
    "call left out": everywhere(expressions.call_left_out),
    "arguments swapped": everywhere(expressions.arguments_swapped),
    "argument left out": everywhere(expressions.argument_left_out),
    "operand left out": everywhere(expressions.operand_left_out),
    "operator changed": everywhere(expressions.operator_changed),
    "number changed": everywhere(expressions.number_changed),
    "bound changed": everywhere(expressions.bound_changed),
    "condition changed": everywhere(expressions.condition_changed),
    "part forgotten": everywhere(expressions.part_forgotten),
    "taken for another": everywhere(learners.taken_for_another),
    "other loss": everywhere(learners.loss_changed, learners.squashed_twice),
    "other dimension": everywhere(learners.dimension_changed),
    "device or dtype lost": everywhere(learners.place_lost),
    "layers confused": everywhere(learners.layers_confused),
    "set for a list": learners.set_for_list,
    "in place": everywhere(learners.in_place),
    "sizes not compared": everywhere(learners.sizes_not_compared),
}
