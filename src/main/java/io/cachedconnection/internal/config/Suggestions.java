package io.cachedconnection.internal.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that somebody probably meant: the one that the fewest changed, added and removed letters turn theirs into. */
final class Suggestions {

    private static final int MOST_CHANGES = 3;
    private static final int LETTERS_PER_CHANGE = 3;

    private Suggestions() {}

    static Optional<String> to(String word, Collection<String> known) {
        // With more changes it is another word, not a slip.
        int changes = Math.min(MOST_CHANGES, (word.length() + LETTERS_PER_CHANGE - 1) / LETTERS_PER_CHANGE);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= changes)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    // Levenshtein's; a row says what it costs to turn a head of the one word into each head of the other.
    private static int distance(String from, String into) {
        int[] above = new int[into.length() + 1];
        for (int column = 0; column <= into.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            above = next(above, from.charAt(row - 1), into);
        }
        return above[into.length()];
    }

    private static int[] next(int[] above, char letter, String into) {
        int[] row = new int[above.length];
        row[0] = above[0] + 1;
        for (int column = 1; column < row.length; column++) {
            int changed = above[column - 1] + (into.charAt(column - 1) == letter ? 0 : 1);
            row[column] = Math.min(changed, 1 + Math.min(above[column], row[column - 1]));
        }
        return row;
    }
}
