package dev.evenroll.gateway.http;

import dev.evenroll.gateway.FakeJobs;
import dev.evenroll.gateway.FakePipeline;
import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.Authentication;
import dev.evenroll.gateway.authentication.RevokedCertificates;
import dev.evenroll.gateway.enrollment.Enrollments;
import dev.evenroll.gateway.limit.JobLimits;
import dev.evenroll.gateway.limit.RateLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;

/// The real EST server on a free port, with the pipeline behind it in memory.
final class TestGateway implements AutoCloseable {

    /// Two, so that a third is too many.
    static final int PARKED_LIMIT = 2;

    /// More than most tests bring.
    static final int LINES_PER_SECOND = 2_000_000;

    final TestTrust trust = new TestTrust(InstantSource.system());
    final RevokedCertificates revoked = new RevokedCertificates();
    final FakePipeline pipeline = new FakePipeline(PARKED_LIMIT);
    final FakeJobs jobs = new FakeJobs();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final EstServer server;
    private final Vertx vertx = Vertx.vertx();

    /// @param requestLimit time for one request
    /// @param wait time that a device is kept waiting
    TestGateway(Duration requestLimit, Duration wait) {
        this(requestLimit, wait, new RateLimits.Settings(0, 0, 0));
    }

    /// @param limits how often somebody may ask
    TestGateway(Duration requestLimit, Duration wait, RateLimits.Settings limits) {
        this(requestLimit, wait, limits, InstantSource.system());
    }

    /// @param clock what certificates and limits are judged by
    TestGateway(Duration requestLimit, Duration wait, RateLimits.Settings limits, InstantSource clock) {
        revoked.complete(true);
        var authentication = new Authentication(
                trust.authorities()::anchors, trust::manufacturers, trust::registrationAuthorities, revoked, clock);
        var door = new Door(authentication, new RateLimits(limits, clock));
        var certificates = new CaCertificates(trust::authorities);
        var service = new EstService(
                door, new Enrollments(pipeline, pipeline, pipeline.parked, wait), pipeline, certificates);
        server = EstServer.start(
                vertx,
                new EstServer.Settings("127.0.0.1", 0, credential(), requestLimit, wait),
                service,
                new JobService(
                        door,
                        jobs,
                        jobs,
                        new JobReception(
                                jobs,
                                jobs,
                                jobs,
                                new JobLimits(new JobLimits.Settings(4, 2, LINES_PER_SECOND), InstantSource.system()),
                                clock),
                        pipeline,
                        certificates),
                metrics,
                TestTrust.CLOCK);
    }

    private ServerCredential credential() {
        var identity = trust.server();
        try {
            return ServerCredential.of(identity.chain(), identity.keys().getPrivate());
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    int port() {
        return server.port();
    }

    /// A client without certificate, TLS 1.3 or 1.2.
    WireClient anonymous() throws IOException {
        return new WireClient(this, null, "TLSv1.3", "TLSv1.2");
    }

    /// A client with a certificate, TLS 1.3 or 1.2.
    WireClient client(TestTrust.Identity identity) throws IOException {
        return new WireClient(this, identity, "TLSv1.3", "TLSv1.2");
    }

    @Override
    public void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
