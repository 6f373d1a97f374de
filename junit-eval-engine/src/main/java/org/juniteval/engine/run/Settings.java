package org.juniteval.engine.run;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.juniteval.engine.cache.CacheMode;
import org.juniteval.engine.cache.Credentials;
import org.juniteval.engine.cache.ExportFile;
import org.juniteval.engine.cache.Store;
import org.juniteval.engine.cache.StoreFactory;

/**
 * Every configuration key, what it means and what it may be.
 *
 * <p>Keys are JUnit configuration parameters. The first place that sets one wins: the launcher (a pom's
 * {@code <configurationParameters>}), a system property, the environment ({@code eval.cache.mode} is
 * {@code EVAL_CACHE_MODE}), {@code junit-platform.properties}.
 */
public final class Settings {

    /** How many samples are in flight in this JVM at most; a whole number from 1. Default: 8. */
    public static final String CONCURRENCY = "eval.concurrency";

    /**
     * Overrides the number of samples of every case, a whole number from 1; a declared count of required samples keeps
     * its share, rounded up. Default: what {@code @Samples} declares.
     */
    public static final String SAMPLES = "eval.samples";

    /**
     * Which cases run: comma-separated globs over case ids, {@code #tag} for tags, {@code !} in front excludes. Gates
     * are not decided where cases were left out. Default: all.
     */
    public static final String CASES = "eval.cases";

    /** Which variants run: comma-separated globs over their names, {@code !} in front excludes. Default: all. */
    public static final String VARIANTS = "eval.variants";

    /** Runs only the first so many cases of each dataset, a whole number from 1. Default: all. */
    public static final String LIMIT = "eval.limit";

    /**
     * How long a sample may take from its start, its scorers included: a number with {@code ms}, {@code s},
     * {@code m} or {@code h}. {@code @Timeout} on a suite or eval is nearer. Default: 60s.
     */
    public static final String TIMEOUT = "eval.timeout";

    /**
     * The threads that samples run on: {@code platform}, or {@code virtual} for hundreds in flight on JDK 24 and later.
     * Default: platform, because samples that compute on virtual threads starve the others.
     */
    public static final String THREADS = "eval.threads";

    /**
     * How long to wait for an answer that another process is just asking for, before asking as well. Default: the
     * sample's timeout and ten seconds.
     */
    public static final String CACHE_WAIT = "eval.cache.wait";

    /**
     * {@code auto}, {@code refresh} (ignore answers older than this run), {@code replay} (a missing answer fails; no
     * model is called), {@code read-only} or {@code off}. Default: auto.
     */
    public static final String CACHE_MODE = "eval.cache.mode";

    /**
     * The folder of the cache, relative to the module's base directory; for {@code replay} and {@code read-only} also a
     * file that {@code cache export} wrote. Default: {@code .eval/cache}.
     */
    public static final String CACHE_DIR = "eval.cache.dir";

    /**
     * The address of a cache that machines share, asked where the local one has no answer: a server of Gradle's HTTP
     * build cache protocol ({@code https://host/path}), or what a {@link StoreFactory} on the class path knows. Default:
     * none.
     */
    public static final String CACHE_URL = "eval.cache.url";

    /** Whether new answers are sent to the shared cache: {@code on} or {@code off}. Default: on. */
    public static final String CACHE_PUSH = "eval.cache.push";

    /** Who asks the shared cache, with {@link #CACHE_PASSWORD}. Default: nobody in particular. */
    public static final String CACHE_USER = "eval.cache.user";

    /**
     * The password at the shared cache; shown nowhere. Meant to be set as {@code EVAL_CACHE_PASSWORD}: build tools write
     * system properties into their reports.
     */
    public static final String CACHE_PASSWORD = "eval.cache.password";

    /**
     * The folder of the reports, relative to the module's base directory. Default: {@code target/eval-reports} beside a
     * {@code pom.xml}, {@code build/eval-reports} beside a Gradle build.
     */
    public static final String REPORT_DIR = "eval.report.dir";

    /** {@code tolerate}, or {@code fail} to show lifted misses as failures with the IDE's diff. Default: tolerate. */
    public static final String MISSES = "eval.misses";

    /**
     * Packages in jars of others whose code counts as the project's own, with those below them: names with commas
     * between, such as {@code com.example.prompts}. Default: none; code is the project's where its jar lies below the
     * build's root or has the module's Maven group.
     */
    public static final String CODE_PACKAGES = "eval.code.packages";

    /** Live progress: {@code auto} (only where standard error is a terminal), {@code on} or {@code off}. Default: auto. */
    public static final String PROGRESS = "eval.progress";

    /**
     * What else is secret: a regular expression; each match is replaced by a mark in cache, records, reports and output.
     * Several are one with {@code |} between them: {@code ACME-\d{6}|internal\.acme\.com}. Default: nothing but what
     * looks like a common secret, and what environment variables hold whose names say so.
     */
    public static final String REDACT = "eval.redact";

    /** All keys, in the order in which they are documented. */
    public static final List<String> KEYS = List.of(
            CONCURRENCY,
            SAMPLES,
            CASES,
            VARIANTS,
            LIMIT,
            TIMEOUT,
            THREADS,
            CACHE_WAIT,
            CACHE_MODE,
            CACHE_DIR,
            CACHE_URL,
            CACHE_PUSH,
            CACHE_USER,
            CACHE_PASSWORD,
            CODE_PACKAGES,
            REPORT_DIR,
            MISSES,
            REDACT,
            PROGRESS);

    /** When live progress is shown. */
    public enum Progress {
        /** Only where standard error is a terminal. */
        AUTO,
        /** Always. */
        ON,
        /** Never. */
        OFF
    }

    /** Nanoseconds of longer ones do not fit into a {@code long}. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    private final List<String> faults = new ArrayList<>();
    private final Function<String, Optional<String>> lookup;

    private final int concurrency;
    private final OptionalInt samples;
    private final NameFilter cases;
    private final NameFilter variants;
    private final OptionalInt limit;
    private final Duration timeout;
    private final boolean virtualThreads;
    private final Optional<Duration> cacheWait;
    private final CacheMode cacheMode;
    private final Path cacheDir;
    private final boolean cachePush;
    private final Optional<Credentials> cacheCredentials;
    private final Optional<URI> cacheUrl;
    private final Optional<Path> reportDir;
    private final boolean missesFail;
    private final List<String> codePackages;
    private final Optional<Pattern> redact;
    private final Progress progress;

    /**
     * Reads the settings. A bad value is kept as a fault and its default is used meanwhile.
     *
     * @param lookup a key's value, where it is set
     */
    public Settings(Function<String, Optional<String>> lookup) {
        this.lookup = key -> lookup.apply(key).map(String::strip).filter(value -> !value.isEmpty());
        concurrency = count(CONCURRENCY).orElse(8);
        samples = count(SAMPLES);
        cases = names(CASES);
        variants = names(VARIANTS);
        limit = count(LIMIT);
        timeout = duration(TIMEOUT).orElse(Duration.ofSeconds(60));
        virtualThreads = oneOf(THREADS, "platform", "virtual").equals("virtual");
        cacheWait = duration(CACHE_WAIT);
        cacheMode = CacheMode.valueOf(oneOf(CACHE_MODE, "auto", "refresh", "replay", "read-only", "off")
                .replace('-', '_')
                .toUpperCase(Locale.ROOT));
        cacheDir = path(CACHE_DIR).orElse(Path.of(".eval", "cache"));
        cachePush = oneOf(CACHE_PUSH, "on", "off").equals("on");
        cacheCredentials = credentials();
        cacheUrl = address();
        codePackages = packages(CODE_PACKAGES);
        reportDir = path(REPORT_DIR);
        missesFail = oneOf(MISSES, "tolerate", "fail").equals("fail");
        redact = pattern(REDACT);
        progress = Progress.valueOf(oneOf(PROGRESS, "auto", "on", "off").toUpperCase(Locale.ROOT));
        if (virtualThreads && !Threads.virtualAreAvailable()) {
            faults.add(THREADS + " = virtual needs JDK 24 or later; this is "
                    + Runtime.version().feature());
        }
    }

    /** What is wrong with the values, each with its key and what is allowed. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** {@link #CONCURRENCY}. */
    public int concurrency() {
        return concurrency;
    }

    /** {@link #SAMPLES}. */
    public OptionalInt samples() {
        return samples;
    }

    /** {@link #CASES}. */
    public NameFilter cases() {
        return cases;
    }

    /** {@link #VARIANTS}. */
    public NameFilter variants() {
        return variants;
    }

    /** {@link #LIMIT}. */
    public OptionalInt limit() {
        return limit;
    }

    /** The keys that may leave out cases, with their values; only those that are set. */
    List<String> caseFilters() {
        return Stream.of(CASES, LIMIT)
                .flatMap(key -> lookup.apply(key).map(value -> key + " = " + value).stream())
                .toList();
    }

    /** {@link #TIMEOUT}. */
    public Duration timeout() {
        return timeout;
    }

    /** {@link #TIMEOUT} where the suite gives no nearer one. */
    Duration timeout(Optional<Duration> nearer) {
        return nearer.map(Settings::bounded).orElse(timeout);
    }

    private static Duration bounded(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
    }

    /** {@link #THREADS}. */
    public boolean virtualThreads() {
        return virtualThreads;
    }

    /** {@link #CACHE_WAIT} for a sample with this timeout. */
    public Duration cacheWait(Duration sampleTimeout) {
        return cacheWait.orElse(sampleTimeout.plusSeconds(10));
    }

    /** {@link #CACHE_MODE}. */
    public CacheMode cacheMode() {
        return cacheMode;
    }

    /** {@link #CACHE_DIR} for a module. */
    public Path cacheDir(Path baseDirectory) {
        return baseDirectory.resolve(cacheDir).normalize();
    }

    /** What is wrong with {@link #CACHE_DIR} for a module, where it names a file. */
    Optional<String> cacheFault(Path baseDirectory) {
        Path file = cacheDir(baseDirectory);
        if (cacheMode == CacheMode.OFF || !(Files.isRegularFile(file) || isAbsentExport(file))) {
            return Optional.empty();
        }
        if (!cacheMode.writes()) {
            try {
                ExportFile.open(file).close();
                return Optional.empty();
            } catch (IOException bad) {
                return Optional.of(CACHE_DIR + " = " + cacheDir + " is not allowed: " + bad.getMessage() + " (" + file
                        + "); allowed: a folder, or a file that the command line's cache export wrote");
            }
        }
        return Optional.of(CACHE_DIR + " = " + cacheDir + " is not allowed with " + CACHE_MODE + " = " + cacheMode
                + ": " + file + " is a file, which is only read; set " + CACHE_MODE
                + " = replay or read-only, or unpack it by the command line's cache import");
    }

    /** An exported file that is not there must not be taken for an empty folder. */
    private boolean isAbsentExport(Path file) {
        return !cacheMode.writes() && file.toString().endsWith(".zip") && Files.notExists(file);
    }

    /** The store at {@link #CACHE_URL}, which every call opens anew. */
    Optional<Store> remoteStore() {
        return cacheUrl.map(address -> StoreFactory.storeAt(address, cacheCredentials));
    }

    /** {@link #CACHE_PASSWORD}. */
    Optional<String> cachePassword() {
        return cacheCredentials.map(Credentials::password);
    }

    /** {@link #CACHE_PUSH}. */
    public boolean cachePush() {
        return cachePush;
    }

    /** {@link #REPORT_DIR} for a module. */
    public Path reportDir(Path baseDirectory) {
        return baseDirectory
                .resolve(reportDir.orElse(Path.of(isGradle(baseDirectory) ? "build" : "target", "eval-reports")))
                .normalize();
    }

    private static boolean isGradle(Path baseDirectory) {
        return !baseDirectory.resolve("pom.xml").toFile().exists()
                && (baseDirectory.resolve("build.gradle").toFile().exists()
                        || baseDirectory.resolve("build.gradle.kts").toFile().exists());
    }

    /** {@link #CODE_PACKAGES}. */
    public List<String> codePackages() {
        return codePackages;
    }

    /** {@link #MISSES}: whether lifted misses are shown as failures. */
    public boolean missesFail() {
        return missesFail;
    }

    /** {@link #REDACT}. */
    public Optional<Pattern> redact() {
        return redact;
    }

    /** {@link #PROGRESS}. */
    public Progress progress() {
        return progress;
    }

    private OptionalInt count(String key) {
        Optional<String> value = lookup.apply(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= 1) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        faults.add(bad(key, value.get(), "a whole number from 1"));
        return OptionalInt.empty();
    }

    private Optional<Duration> duration(String key) {
        Optional<String> value = lookup.apply(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = DURATION.matcher(value.get());
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
            if (!duration.isZero()) {
                return Optional.of(bounded(duration));
            }
        }
        faults.add(bad(key, value.get(), "a positive duration such as 500ms, 30s, 2m or 1h"));
        return Optional.empty();
    }

    /** The value of a key that has a few words to choose from; the first of them is the default. */
    private String oneOf(String key, String... allowed) {
        Optional<String> value = lookup.apply(key);
        if (value.isEmpty()) {
            return allowed[0];
        }
        String word = value.get().toLowerCase(Locale.ROOT);
        if (Arrays.asList(allowed).contains(word)) {
            return word;
        }
        faults.add(bad(key, value.get(), Arrays.stream(allowed).collect(Collectors.joining(", "))));
        return allowed[0];
    }

    private NameFilter names(String key) {
        try {
            return NameFilter.of(lookup.apply(key).orElse(""));
        } catch (IllegalArgumentException bad) {
            faults.add(bad(key, lookup.apply(key).orElse(""), "comma-separated globs; " + bad.getMessage()));
            return NameFilter.of("");
        }
    }

    private Optional<Pattern> pattern(String key) {
        Optional<String> value = lookup.apply(key);
        try {
            Optional<Pattern> pattern = value.map(Pattern::compile);
            if (pattern.filter(any -> any.matcher("").find()).isEmpty()) {
                return pattern;
            }
            faults.add(bad(key, value.get(), "a regular expression that does not match the empty text"));
        } catch (PatternSyntaxException bad) {
            faults.add(bad(
                    key, value.get(), "a regular expression; " + bad.getDescription() + " at index " + bad.getIndex()));
        }
        return Optional.empty();
    }

    private List<String> packages(String key) {
        List<String> names = lookup.apply(key)
                .map(value -> List.of(value.split("\\s*,\\s*")))
                .orElse(List.of());
        if (!names.stream().allMatch(SourceVersion::isName)) {
            faults.add(bad(key, lookup.apply(key).orElse(""), "names of packages with commas between"));
            return List.of();
        }
        return names;
    }

    private Optional<Path> path(String key) {
        try {
            return lookup.apply(key).map(Path::of);
        } catch (InvalidPathException bad) {
            faults.add(bad(key, lookup.apply(key).orElse(""), "a path; " + bad.getReason()));
            return Optional.empty();
        }
    }

    private Optional<Credentials> credentials() {
        Optional<String> user = lookup.apply(CACHE_USER);
        Optional<String> password = lookup.apply(CACHE_PASSWORD);
        if (user.isPresent() != password.isPresent()) {
            faults.add(CACHE_USER + " and " + CACHE_PASSWORD + " belong together; "
                    + (user.isPresent() ? CACHE_PASSWORD + " (EVAL_CACHE_PASSWORD)" : CACHE_USER) + " is not set");
        }
        return user.flatMap(name -> password.map(secret -> new Credentials(name, secret)));
    }

    /** Its faults never show the value: a wrong one may well be wrong because it holds a password. */
    private Optional<URI> address() {
        Optional<String> value = lookup.apply(CACHE_URL);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI address = new URI(value.get());
            if (address.getScheme() == null) {
                throw new IllegalArgumentException("an address with a scheme, such as https://host/path");
            }
            if (String.valueOf(address.getRawAuthority()).contains("@")) {
                throw new IllegalArgumentException("an address without user and password; these are " + CACHE_USER
                        + " and " + CACHE_PASSWORD + ", best set as EVAL_CACHE_USER and EVAL_CACHE_PASSWORD");
            }
            StoreFactory.storeAt(address, cacheCredentials).close();
            return Optional.of(address);
        } catch (URISyntaxException bad) {
            faults.add(CACHE_URL + " is not an address: " + bad.getReason() + " at character " + (bad.getIndex() + 1));
        } catch (IllegalArgumentException bad) {
            faults.add(CACHE_URL + " is not allowed as it is; allowed: " + bad.getMessage());
        }
        return Optional.empty();
    }

    private static String bad(String key, String value, String allowed) {
        return key + " = " + value + " is not allowed; allowed: " + allowed;
    }

    /** The key that is spelt most like an unknown one. */
    public static String nearest(String unknown) {
        return KEYS.stream()
                .min(Comparator.comparingInt(key -> distance(key, unknown)))
                .orElseThrow();
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}
