package io.cachedconnection.testing;

import io.cachedconnection.testing.Trouble.Happening;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** Counts the calls of one port, and says which of them get into which trouble: none, until a test says so. Thread-safe. */
public final class Chaos {

    /** A call of the port. */
    public interface Call<T, X extends Exception> {
        T run() throws X;
    }

    private record Plan(IntPredicate calls, Trouble trouble) {}

    private static final Plan PEACE = new Plan(call -> false, Trouble.answersGarbage());

    private final AtomicInteger calls = new AtomicInteger();
    private volatile Plan plan = PEACE;
    private volatile boolean happened;

    /** The call of this number gets into trouble, the first one being 1. */
    public void at(int number, Trouble trouble) {
        when(call -> call == number, trouble);
    }

    /** The call of this number and all that follow. */
    public void from(int number, Trouble trouble) {
        when(call -> call >= number, trouble);
    }

    /** From now on every call. */
    public void always(Trouble trouble) {
        when(call -> true, trouble);
    }

    /** The calls of these numbers. */
    public void when(IntPredicate numbers, Trouble trouble) {
        plan = new Plan(numbers, trouble);
    }

    /** From now on nothing goes wrong. */
    public void behave() {
        plan = PEACE;
    }

    /** How many calls there were. */
    public int calls() {
        return calls.get();
    }

    /** Whether any call has got into trouble. */
    public boolean hasHappened() {
        return happened;
    }

    /** Does {@code call}, or what the plan says; {@code garbage} makes garbage of its answer. */
    public <T, X extends Exception> T around(Call<T, X> call, UnaryOperator<T> garbage) throws X {
        Plan now = plan;
        if (!now.calls().test(calls.incrementAndGet())) {
            return call.run();
        }
        happened = true;
        happen(now.trouble().before());
        T answer = call.run();
        happen(now.trouble().after());
        return now.trouble().garbles() ? garbage.apply(answer) : answer;
    }

    private static void happen(Happening happening) {
        try {
            happening.happen();
        } catch (Throwable e) {
            Chaos.<RuntimeException>rethrow(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // a twin throws what its port does not declare, too
    private static <X extends Throwable> void rethrow(Throwable e) throws X {
        throw (X) e;
    }
}
