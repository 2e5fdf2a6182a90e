package dev.evenroll.policy;

import dev.evenroll.policy.yaml.UnusableValueException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A regular expression as steps: a set of steps is where one may be in it after some characters.
///
/// Its size is bounded, whatever the pattern repeats.
final class PatternProgram {

    private static final int MOST_STEPS = 5_000;

    private sealed interface Step {}

    /// Goes to the next step with one character of the set.
    private record Take(BitSet set) implements Step {}

    /// Goes to either step without a character.
    private static final class Fork implements Step {
        private int one;
        private int other;
    }

    /// The pattern ends here.
    private record End() implements Step {}

    private final List<Step> steps = new ArrayList<>();
    private int work;

    private PatternProgram() {}

    /// @throws UnusableValueException when it would get too large
    static PatternProgram of(PatternSyntax pattern) throws UnusableValueException {
        var program = new PatternProgram();
        program.write(pattern);
        program.steps.add(new End());
        return program;
    }

    private void write(PatternSyntax syntax) throws UnusableValueException {
        if (++work > MOST_STEPS) {
            throw new UnusableValueException("repeats repetitions until it has more than " + MOST_STEPS
                    + " steps; serial numbers have 64 characters at most, so lower the numbers");
        }
        switch (syntax) {
            case PatternSyntax.OneOf(var set) -> steps.add(new Take(set));
            case PatternSyntax.Sequence(var parts) -> {
                for (var part : parts) {
                    write(part);
                }
            }
            case PatternSyntax.Choice(var branches) -> writeChoice(branches);
            case PatternSyntax.Repetition repetition -> writeRepetition(repetition);
        }
    }

    private void writeChoice(List<PatternSyntax> branches) throws UnusableValueException {
        List<Fork> exits = new ArrayList<>();
        for (var branch : branches.subList(0, branches.size() - 1)) {
            var fork = fork();
            fork.one = steps.size();
            write(branch);
            exits.add(fork());
            fork.other = steps.size();
        }
        write(branches.getLast());
        exits.forEach(this::leadToEnd);
    }

    private void writeRepetition(PatternSyntax.Repetition repetition) throws UnusableValueException {
        for (int i = 0; i < repetition.least(); i++) {
            write(repetition.part());
        }
        if (repetition.most() == PatternSyntax.Repetition.UNBOUNDED) {
            int again = steps.size();
            var fork = fork();
            fork.one = steps.size();
            write(repetition.part());
            var back = fork();
            back.one = again;
            back.other = again;
            fork.other = steps.size();
            return;
        }
        List<Fork> exits = new ArrayList<>();
        for (int i = repetition.least(); i < repetition.most(); i++) {
            var fork = fork();
            fork.one = steps.size();
            exits.add(fork);
            write(repetition.part());
        }
        exits.forEach(exit -> exit.other = steps.size());
    }

    private Fork fork() {
        var fork = new Fork();
        steps.add(fork);
        return fork;
    }

    private void leadToEnd(Fork exit) {
        exit.one = steps.size();
        exit.other = steps.size();
    }

    /// Where one may be before the first character.
    BitSet start() {
        var states = new BitSet(steps.size());
        enter(0, states);
        return states;
    }

    /// Where one may be after a further character; empty when nowhere.
    BitSet after(BitSet states, char character) {
        var next = new BitSet(steps.size());
        for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
            if (steps.get(state) instanceof Take(var set) && set.get(character)) {
                enter(state + 1, next);
            }
        }
        return next;
    }

    boolean accepts(BitSet states) {
        return states.get(steps.size() - 1);
    }

    /// Adds a step and all that it leads to without a character.
    private void enter(int state, BitSet states) {
        List<Integer> open = new ArrayList<>();
        open.add(state);
        while (!open.isEmpty()) {
            int step = open.removeLast();
            if (!states.get(step)) {
                states.set(step);
                if (steps.get(step) instanceof Fork fork) {
                    open.add(fork.other);
                    open.add(fork.one);
                }
            }
        }
    }
}
