package dev.evenroll.pki.lint;

import java.util.List;

/// The version is 3, since there are extensions (RFC 5280 section 4.1.2.1).
final class VersionRule implements TbsRule {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public List<String> judge(Examination examined) {
        return examined.certificate().getVersionNumber() == 3 ? List.of() : List.of("version: must be 3");
    }
}
