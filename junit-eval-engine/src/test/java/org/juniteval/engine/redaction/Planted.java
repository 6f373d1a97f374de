package org.juniteval.engine.redaction;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Made-up secrets as they stand in texts, and texts that look like them. The secrets are put together here, so that no
 * scanner of repositories takes this file for a leak.
 *
 * @param kind what stands in its mark
 * @param text what it stands in
 * @param secret what must be found nowhere
 */
public record Planted(String kind, String text, String secret) {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String HEX = DIGITS + "abcdef";
    private static final String WORD = LETTERS + LETTERS.toUpperCase(java.util.Locale.ROOT) + DIGITS;
    private static final String URL_SAFE = WORD + "_-";

    @Override
    public String toString() {
        return kind + " in " + text;
    }

    /** Forty secrets, the same ones every time. */
    public static List<Planted> secrets() {
        Some some = new Some();
        List<Planted> all = new ArrayList<>();
        for (String key : List.of(
                "sk-" + some.of(WORD, 20) + "T3Blbk" + "FJ" + some.of(WORD, 20),
                "sk-proj-" + some.of(URL_SAFE, 130),
                "sk-svcacct-" + some.of(URL_SAFE, 130),
                "sk-ant-" + "api03-" + some.of(URL_SAFE, 93) + "AA",
                "sk-or-v1-" + some.of(HEX, 64),
                "sk-" + some.of(HEX, 32),
                "sk" + "_live_" + some.of(WORD, 24),
                "gsk_" + some.of(WORD, 52),
                "xai-" + some.of(WORD, 80),
                "hf_" + some.of(WORD, 34),
                "npm_" + some.of(WORD, 36),
                "glpat-" + some.of(WORD, 20))) {
            all.add(new Planted("api key", "the key is " + key + ", keep it", key));
        }
        String opaque = some.of(WORD, 40);
        all.add(new Planted("bearer token", "Authorization: Bearer " + opaque, opaque));
        all.add(new Planted("bearer token", "curl -H 'authorization: bearer mF_9.B5f-" + "4.1JqM'", "mF_9.B5f-4.1JqM"));
        String upper = some.of(HEX, 32);
        all.add(new Planted("bearer token", "AUTHORIZATION: BEARER " + upper + " was refused", upper));
        String id = "AKIA" + "IOSFODNN7" + some.of("ABCDEFGH", 7);
        all.add(new Planted("aws key", "access key " + id + ".", id));
        String session = "ASIA" + "Z5" + some.of("ABCDEFGH", 14);
        all.add(new Planted("aws key", "session " + session, session));
        String aws = "wJalrXUtnFEMI/K7MDENG/" + some.of(WORD, 18);
        all.add(new Planted("aws key", "aws_secret_access_key = " + aws, aws));
        String other = "+" + some.of(WORD, 37) + "/9";
        all.add(new Planted("aws key", "{'SecretAccessKey': '" + other + "'}", other));
        String google = "AIza" + "Sy" + some.of(URL_SAFE, 33);
        all.add(new Planted("google key", "https://maps.example.com/api?key=" + google + "&q=a", google));
        String oauth = "ya29." + "a0" + some.of(URL_SAFE, 60);
        all.add(new Planted("google key", "access_token: " + oauth, oauth));
        for (String prefix : List.of("ghp_", "gho_", "ghs_", "ghu_", "ghr_")) {
            String token = prefix + some.of(WORD, 36);
            all.add(new Planted("github token", "git clone with " + token + " please", token));
        }
        String pat = "github_" + "pat_11" + some.of(WORD, 20) + "_" + some.of(WORD, 59);
        all.add(new Planted("github token", "GH_TOKEN=" + pat, pat));
        String bot = "xox" + "b-" + some.of(DIGITS, 12) + "-" + some.of(DIGITS, 12) + "-" + some.of(WORD, 24);
        all.add(new Planted("slack token", "slack: " + bot, bot));
        String hook = "T0" + some.of(HEX, 8) + "/B0" + some.of(HEX, 8) + "/" + some.of(WORD, 24);
        all.add(new Planted("slack url", "post to https://hooks.slack" + ".com/services/" + hook, hook));
        String jwt = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64("{\"sub\":\"1234567890\"}") + "."
                + some.of(URL_SAFE, 43);
        all.add(new Planted("jwt", "id_token=" + jwt + "; Path=/", jwt));
        String unsigned = base64("{\"alg\":\"none\"}") + "." + base64("{\"admin\":true}") + ".";
        all.add(new Planted("jwt", "unsigned " + unsigned, unsigned));
        String encrypted = base64("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + ".." + some.of(URL_SAFE, 16) + "."
                + some.of(URL_SAFE, 80) + "." + some.of(URL_SAFE, 22);
        all.add(new Planted("jwt", "cookie " + encrypted, encrypted));
        for (String kind : List.of("RSA ", "OPENSSH ", "")) {
            String line = some.of(WORD, 64);
            all.add(new Planted("private key", pem(kind, line + "\n" + some.of(WORD, 64), "\n"), line));
        }
        String escaped = some.of(WORD, 64);
        all.add(new Planted("private key", "{'private_key': '" + pem("", escaped, "\\n") + "'}", escaped));
        String cut = some.of(WORD, 64);
        all.add(new Planted("private key", "-----BEGIN EC " + "PRIVATE KEY-----\n" + cut + "\n" + cut, cut));
        for (String url : List.of("https://anna:%s@example.com/a", "postgres://app:%s@db:5432/shop")) {
            String password = "pw" + some.of(WORD, 10);
            all.add(new Planted("password", "see " + url.replace("%s", password) + " for it", password));
        }
        String redis = "p@" + some.of(WORD, 10);
        all.add(new Planted("password", "redis://:" + redis + "@cache:6379/0", redis));
        return List.copyOf(all);
    }

    /** Forty texts in which nothing is secret. */
    public static List<String> lookAlikes() {
        return List.of(
                "one token in total",
                "sk-learn",
                "scikit-learn, sk-learn-contrib-2024 and sk-transformers-for-everyone",
                "task-force-for-the-protection-of-the-environment-2024",
                "a risk-1234567890abcdef1234 assessment",
                "sk-ant-colony-optimization",
                "sk-proj-demo",
                "sk_SK.UTF-8",
                "5d41402abc4b2a76b9719d911017c592aabbccdd",
                "commit 60905d6f3b2a1c4d5e6f708192a3b4c5d6e7f809 of the aws branch",
                "123e4567-e89b-12d3-a456-426614174000",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "the bearer of bad news",
                "Bearer authentication is described in RFC 6750",
                "Authorization: Bearer YOUR_ACCESS_TOKEN",
                "a bearer instrument-without-a-named-owner",
                "AKIA is the prefix of an access key",
                "ASIAPACIFICECONOMICS",
                "AIza is how they begin",
                "ghp_ and github_pat_ are prefixes",
                "ghp_xxxxxxxxxxxx",
                "xoxo-hugs-and-kisses-from-all-of-us",
                "xoxb-your-bot-token",
                "eyJ is base64 of an opening brace",
                "eyJhbGciOiJIUzI1NiJ9... is a header",
                "-----BEGIN CERTIFICATE----- MIIBszCCAVmgAwIBAgIUQ3Z5 -----END CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY----- MFkwEwYHKoZIzj0CAQYIKoZI -----END PUBLIC KEY-----",
                "a file that begins with -----BEGIN PRIVATE KEY----- holds a key",
                "http://localhost:8080/users/anna@example.com",
                "ssh://git@example.com:22/shop.git",
                "git@example.com:acme/shop.git",
                "https://example.com/search?q=a:b@c",
                "https://user:${PASSWORD}@example.com",
                "mailto:anna@example.com, 10:30@office",
                "src/main/java/com/acme/Secrets2/Tokens40",
                "the secret of LovingPeopleWhoReallyCareForEachOtherNow",
                "password: optional, api_key: required",
                "hf_hub_download and npm_config_registry and xai-explainable-models",
                "key=value; token_count=1234567890; max_tokens=4096");
    }

    private static String pem(String kind, String body, String lineEnd) {
        return "-----BEGIN " + kind + "PRIVATE " + "KEY-----" + lineEnd + body.replace("\n", lineEnd) + lineEnd
                + "-----END " + kind + "PRIVATE " + "KEY-----";
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Random characters, the same in every run. */
    private static final class Some {
        private final Random random = new Random(17);

        String of(String alphabet, int length) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            return text.toString();
        }
    }
}
