package dev.evenroll.hsm.scene;

import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.util.concurrent.atomic.AtomicInteger;

/// A key that signs, counts what it signed, and fails on demand.
public final class FakeIssuingKey implements IssuingKey {

    private final CertificateAuthority authority;
    private final AtomicInteger signatures = new AtomicInteger();
    private volatile boolean broken;
    private boolean stale;

    FakeIssuingKey(CertificateAuthority authority) {
        this.authority = authority;
    }

    /// From now on it does not answer.
    public void breakDown() {
        broken = true;
    }

    /// From now on it signs something else than it was given.
    public void goStale() {
        stale = true;
    }

    public void mend() {
        broken = false;
        stale = false;
    }

    public int signatures() {
        return signatures.get();
    }

    @Override
    public byte[] sign(byte[] tbs) throws SigningFaultException {
        if (broken) {
            throw new SigningFaultException("The fake key is broken; mend it.", null);
        }
        signatures.incrementAndGet();
        return authority.sign(stale ? Der.of(new byte[] {0}) : Der.of(tbs));
    }

    @Override
    public void prove(IssuingCertificate certificate) throws SigningFaultException {
        if (broken) {
            throw new SigningFaultException("The fake key is broken; mend it.", null);
        }
    }

    @Override
    public SignatureScheme scheme() {
        return authority.issuingCertificate().scheme();
    }

    @Override
    public String description() {
        return "fake key";
    }

    @Override
    public void close() {}
}
