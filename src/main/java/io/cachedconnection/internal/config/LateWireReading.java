package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.FormatSettings;
import io.cachedconnection.internal.message.ConfigMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads how a cache stands in Redis that nobody knew of at the start: variables of the environment can be for it all the
 * same, for these are found by their names, though not told of before.
 *
 * @param start the reading at the start
 * @param known the caches of that time
 * @param general the settings of all others, as they were read then
 */
record LateWireReading(ConfigReader start, List<String> known, FormatSettings general) {

    /**
     * The general settings, unless this cache has any of its own.
     *
     * @throws IllegalArgumentException if something is wrong with those
     */
    FormatSettings of(String cache) {
        ConfigReader now = start.again();
        SettingLevel level = new SettingLevel(now, cache);
        boolean hasOwn = Setting.OF_WIRE.stream().anyMatch(level::isSet);
        FormatSettings settings = hasOwn ? own(now, cache) : general;
        List<String> problems = now.problems(); // there may be some without settings: of a source that fails
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(ConfigMessage.NOT_OPENED.with(cache, String.join("\n", problems)));
        }
        return settings;
    }

    // With those of the known caches, for what is general may be for the sake of these alone, and no key has two uses.
    private FormatSettings own(ConfigReader now, String cache) {
        List<String> all = new ArrayList<>(known);
        all.add(cache);
        return new WireReading(now, all).settings().of(cache);
    }

    /** Says nothing of what was read. */
    @Override
    public String toString() {
        return "LateWireReading[known=" + known + "]";
    }
}
