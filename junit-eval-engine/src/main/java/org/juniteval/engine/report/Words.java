package org.juniteval.engine.report;

import java.util.Locale;
import org.juniteval.engine.record.Status;

/** How the terms of a record are spelled wherever people read them. */
final class Words {

    private Words() {}

    /** Such as {@code not run}. */
    static String of(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Such as {@code 1 case}, {@code 2 cases}. */
    static String count(long n, String one) {
        return String.format(Locale.ROOT, n == 1 ? "%,d %s" : "%,d %ss", n, one);
    }
}
