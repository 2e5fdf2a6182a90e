package dev.evenroll.pki.issuance;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.asn1.KeyIdentifiers;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.asn1.X509Time;
import dev.evenroll.pki.profile.KeyKind;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// TBSCertificates from templates: what all of a profile have in common is encoded once, and the rest filled in.
///
/// ```
/// SEQUENCE { version, SERIAL NUMBER, algorithm + issuer, VALIDITY, SUBJECT, KEY,
///            [3] { SEQUENCE { extensions, names + KEY IDENTIFIER, extensions } } }
/// ```
///
/// A template is that of a CA, a profile, a kind of key and a shard; there are as many as were asked for. It is made
/// from what Bouncy Castle encodes for the first certificate of its kind.
///
/// Safe for use by many threads.
public final class TbsTemplates implements TbsEncoding {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int UTF8_STRING = 0x0c;
    private static final int EXTENSIONS = 0xa3;

    /// `[0] EXPLICIT INTEGER 2`.
    private static final byte[] VERSION_3 = {(byte) 0xa0, 3, INTEGER, 1, 2};
    private static final byte[] ORGANIZATION = {6, 3, 0x55, 4, 10};
    private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};
    private static final byte[] SUBJECT_KEY_IDENTIFIER = {6, 3, 0x55, 0x1d, 14};
    private static final byte[] NOTHING = {};

    /// @param kind null for a key of another kind than profiles know
    private record Kind(
            IssuingCertificate issuer,
            Profile profile,
            @Nullable KeyKind kind,
            int shard) {}

    private final Map<Kind, TbsTemplate> templates = new ConcurrentHashMap<>();

    @Override
    public Der encode(CertificateContents contents) {
        var kind = new Kind(
                contents.issuer(),
                contents.profile(),
                KeyKind.of(contents.subjectPublicKey()).orElse(null),
                contents.profile().shard(contents.serialNumber().value()));
        TbsTemplate template = templates.computeIfAbsent(kind, _ -> TbsTemplate.of(contents));
        byte[] key = StrictDer.encode(contents.subjectPublicKey());
        byte[] tbs = DerWriter.tagged(
                SEQUENCE,
                VERSION_3,
                DerWriter.tagged(INTEGER, contents.serialNumber().value().toByteArray()),
                template.algorithm(),
                template.issuer(),
                validity(contents),
                subject(template, contents),
                key,
                extensions(template, contents));
        return Der.of(tbs);
    }

    private static byte[] validity(CertificateContents contents) {
        return DerWriter.tagged(
                SEQUENCE,
                StrictDer.encode(X509Time.encode(contents.notBefore())),
                StrictDer.encode(X509Time.encode(contents.notAfter())));
    }

    private static byte[] subject(TbsTemplate template, CertificateContents contents) {
        Subject subject = contents.subject();
        byte[] organization = contents.profile().subject().organization()
                ? subject.organization()
                        .map(name -> attribute(ORGANIZATION, name))
                        .orElse(NOTHING)
                : NOTHING;
        return DerWriter.tagged(
                SEQUENCE, template.domainComponents(), organization, attribute(COMMON_NAME, subject.commonName()));
    }

    private static byte[] attribute(byte[] type, String value) {
        byte[] text = DerWriter.tagged(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
        return DerWriter.tagged(SET, DerWriter.tagged(SEQUENCE, type, text));
    }

    private static byte[] extensions(TbsTemplate template, CertificateContents contents) {
        byte[] names = contents.profile().subject().dnsName()
                ? StrictDer.encode(ProfileExtensions.dnsName(contents.subject().commonName()))
                : NOTHING;
        byte[] identifier = DerWriter.tagged(OCTET_STRING, KeyIdentifiers.of(contents.subjectPublicKey()));
        byte[] keyIdentifier =
                DerWriter.tagged(SEQUENCE, SUBJECT_KEY_IDENTIFIER, DerWriter.tagged(OCTET_STRING, identifier));
        return DerWriter.tagged(
                EXTENSIONS, DerWriter.tagged(SEQUENCE, template.before(), names, keyIdentifier, template.after()));
    }
}
