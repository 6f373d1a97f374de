package org.juniteval.engine.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How old something is: {@code 30d}. */
final class Age implements ITypeConverter<Duration> {

    private static final Pattern AGE = Pattern.compile("(\\d{1,6})([mhdw])");

    @Override
    public Duration convert(String text) {
        Matcher matcher = AGE.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not allowed; allowed: a number with m, h, d or w, such as 90m, 12h, 30d, 8w");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofDays(7 * amount);
        };
    }
}
