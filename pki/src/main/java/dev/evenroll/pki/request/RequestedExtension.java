package dev.evenroll.pki.request;

import java.util.List;
import org.bouncycastle.asn1.x509.Extension;

/// One extension that a certification request asks for (PKCS#9 extensionRequest, RFC 2985 section 5.4.2), as far as
/// whoever decides has to understand it.
///
/// It is judged, never copied: what a certificate says is the profile's.
public sealed interface RequestedExtension {

    /// The type in dotted decimals.
    String oid();

    /// Whether the request insists on it.
    boolean critical();

    /// RFC 5280 section 4.2.1.9.
    ///
    /// @param certificationAuthority whether the request is for a CA
    record BasicConstraints(boolean critical, boolean certificationAuthority) implements RequestedExtension {

        @Override
        public String oid() {
            return Extension.basicConstraints.getId();
        }
    }

    /// RFC 5280 section 4.2.1.3.
    ///
    /// @param usages the names in the standard, for example `digitalSignature`
    record KeyUsage(boolean critical, List<String> usages) implements RequestedExtension {

        public KeyUsage {
            usages = List.copyOf(usages);
        }

        @Override
        public String oid() {
            return Extension.keyUsage.getId();
        }
    }

    /// RFC 5280 section 4.2.1.12.
    ///
    /// @param purposes in dotted decimals, see [dev.evenroll.pki.KeyPurpose]
    record ExtendedKeyUsage(boolean critical, List<String> purposes) implements RequestedExtension {

        public ExtendedKeyUsage {
            purposes = List.copyOf(purposes);
        }

        @Override
        public String oid() {
            return Extension.extendedKeyUsage.getId();
        }
    }

    /// RFC 5280 section 4.2.1.6.
    record SubjectAlternativeName(boolean critical, List<RequestedName> names) implements RequestedExtension {

        public SubjectAlternativeName {
            names = List.copyOf(names);
        }

        @Override
        public String oid() {
            return Extension.subjectAlternativeName.getId();
        }
    }

    /// Any other one; its value is not looked at.
    record Other(String oid, boolean critical) implements RequestedExtension {}
}
