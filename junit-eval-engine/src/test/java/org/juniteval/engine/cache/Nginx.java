package org.juniteval.engine.cache;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real nginx on this machine, with its own WebDAV module: the one that is installed, or else Debian's package,
 * unpacked into a folder of the build, which changes nothing on the machine.
 */
final class Nginx implements AutoCloseable {

    private static final Path UNPACKED = Path.of("target", "nginx").toAbsolutePath();

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test, and says why, where there is no nginx to be had. */
    static Nginx start(Path folder) throws IOException {
        var program = program()
                .orElseGet(() -> Assumptions.abort(
                        "no nginx: it is not installed, and Debian's package could not be fetched by apt-get"));
        var version = run(folder, 10, program.toString(), "-V");
        Assumptions.assumeTrue(
                version.filter(text -> text.contains("--with-http_dav_module")).isPresent(),
                () -> program + " does not run here or has no WebDAV module: " + version.orElse(""));
        int port = freePort();
        Files.createDirectories(folder.resolve("www"));
        Files.writeString(folder.resolve("passwords"), "ci:{PLAIN}horse-battery\n");
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {
                        listen 127.0.0.1:%d;
                        root www;
                        location /evals/ {
                            dav_methods PUT;
                            create_full_put_path on;
                            client_max_body_size 1m;
                        }
                        location /private/ {
                            dav_methods PUT;
                            create_full_put_path on;
                            auth_basic evals;
                            auth_basic_user_file passwords;
                        }
                        location /moved/ {
                            rewrite ^/moved/(.*)$ /evals/$1;
                            return 307 $uri;
                        }
                        location /reading/ {
                            alias www/evals/;
                        }
                    }
                }
                """.formatted(port)
                .replace("root www", "root " + folder.resolve("www"))
                .replace("alias www", "alias " + folder.resolve("www"))
                .replace("auth_basic_user_file ", "auth_basic_user_file " + folder + "/"));
        var process = new ProcessBuilder(program.toString(), "-p", folder + "/", "-c", "nginx.conf", "-e", "error.log")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        var nginx = new Nginx(process, port);
        await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive() || nginx.listens());
        if (!process.isAlive()) {
            Assumptions.abort(program + " does not start here: " + Files.readString(folder.resolve("out.log")));
        }
        return nginx;
    }

    URI address(String place) {
        return URI.create("http://127.0.0.1:" + port + "/" + place + "/");
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> program() throws IOException {
        var unpacked = UNPACKED.resolve("usr/sbin/nginx");
        var installed = Stream.of(System.getenv("PATH").split(":"), new String[] {"/usr/sbin", "/usr/local/sbin"})
                .flatMap(Stream::of)
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
        if (installed.isPresent() || Files.isExecutable(unpacked)) {
            return installed.or(() -> Optional.of(unpacked));
        }
        Files.createDirectories(UNPACKED);
        if (run(UNPACKED, 30, "apt-get", "download", "nginx").isEmpty()) {
            // An image's lists of packages are often empty. Where this is not allowed it fails.
            run(UNPACKED, 60, "apt-get", "-q", "update");
            run(UNPACKED, 30, "apt-get", "download", "nginx");
        }
        try (var packages = Files.newDirectoryStream(UNPACKED, "nginx_*.deb")) {
            for (var deb : packages) {
                run(UNPACKED, 30, "dpkg", "-x", deb.toString(), UNPACKED.toString());
            }
        }
        return Optional.of(unpacked).filter(Files::isExecutable);
    }

    /** What a program says; empty where it does not run, fails or takes too long. */
    private static Optional<String> run(Path folder, int seconds, String... command) throws IOException {
        var said = Files.createTempFile(folder, "said", ".log");
        try {
            var process = new ProcessBuilder(List.of(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return Optional.of(Files.readString(said, StandardCharsets.UTF_8)).filter(text -> process.exitValue() == 0);
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            Files.delete(said);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
