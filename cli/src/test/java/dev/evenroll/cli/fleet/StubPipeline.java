package dev.evenroll.cli.fleet;

import dev.evenroll.cli.administration.StubAdministration;
import dev.evenroll.cli.est.Answers;
import dev.evenroll.cli.est.StubEstServer;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.pki.request.KeyRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// What the pipeline does, in one class: registers, judges, issues. Every third request of either interface meets a
/// fault.
final class StubPipeline {

    private final TestTls tls;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    StubPipeline(TestTls tls) {
        this.tls = tls;
    }

    StubAdministration.Answer register(StubAdministration.Request request) {
        if (asked.incrementAndGet() % 3 == 0) {
            return new StubAdministration.Answer(503, "{\"detail\":\"Not ready.\"}", "0");
        }
        var deviceId = request.line().substring("PUT /devices/".length());
        registered.add(deviceId);
        try {
            var body = Json.parse(request.body().getBytes(StandardCharsets.UTF_8));
            var known = "\"deviceId\":\"" + deviceId
                    + "\",\"state\":\"registered\",\"registeredAt\":\"2026-11-22T12:00:00Z\",\"revision\":1,";
            return new StubAdministration.Answer(
                    201, "{" + known + body.toString().substring(1));
        } catch (IOException e) {
            return new StubAdministration.Answer(400, "{}");
        }
    }

    String enroll(StubEstServer.Request request) {
        if (request.head().startsWith("GET")) {
            return Answers.certificates(tls.anchors());
        }
        return switch (asked.incrementAndGet() % 9) {
            case 0 -> StubEstServer.SILENCE;
            case 3 -> Answers.later("0");
            case 6 -> Answers.text(503, "Not ready.");
            default -> judge(request);
        };
    }

    private String judge(StubEstServer.Request request) {
        try {
            var decoded =
                    CertificationRequest.decode(Der.of(Base64.getMimeDecoder().decode(request.body())));
            var name = decoded.commonName().orElseThrow();
            var requester =
                    request.client().orElseThrow().getSubjectX500Principal().toString();
            if (!requester.contains("SERIALNUMBER=" + name + ",") && !requester.equals("CN=" + name)) {
                return Answers.text(403, "The requester is not " + name + ".");
            }
            if (!registered.contains(name)) {
                return Answers.text(403, name + " is not registered.");
            }
            var weaknesses = KeyRules.judge(decoded.subjectPublicKeyInfo());
            if (!weaknesses.isEmpty()) {
                return Answers.text(403, weaknesses.getFirst().message());
            }
            var owner = owners.putIfAbsent(decoded.spkiSha256(), name);
            if (owner != null && !owner.equals(name)) {
                return Answers.text(403, "The key belongs to another device.");
            }
            var key = BouncyCastle.publicKey(SubjectPublicKeyInfo.getInstance(
                    decoded.subjectPublicKeyInfo().bytes()));
            return Answers.certificates(List.of(tls.authority().issueClient(name, key)));
        } catch (MalformedException | GeneralSecurityException e) {
            return Answers.text(400, e.toString());
        }
    }
}
