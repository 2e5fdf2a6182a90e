package dev.evenroll.revocation.administration;

import dev.evenroll.revocation.inventory.InventoryQuery;
import dev.evenroll.revocation.inventory.RevocationDesk.Outcome;
import java.util.List;

/// What the caller is told of an order.
final class OrderAnswers {

    private OrderAnswers() {}

    /// The certificate as it is now.
    ///
    /// @throws ProblemException when it is not what was ordered, or not known to be
    static CertificateJson json(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var life) -> CertificateJson.inList(life);
            case Outcome.Ended(var life) ->
                throw new ProblemException(
                        409,
                        "The certificate is " + InventoryQuery.State.of(life).text()
                                + ": it can neither be put on hold nor be released. Its device needs a new one.",
                        List.of());
            case Outcome.Unknown() -> throw unknown();
            case Outcome.Pending() ->
                throw new ProblemException(
                        503,
                        "The order is written and will be carried out, but has not been yet. Look at the certificate in a"
                                + " few seconds; ordering it again is harmless.",
                        List.of());
            case Outcome.Unseen() ->
                throw new ProblemException(
                        503,
                        "The order is written and will be carried out if the CA has issued such a certificate; this"
                                + " part of the inventory can not be read now. Look at the certificate in a few"
                                + " seconds; ordering it again is harmless.",
                        List.of());
        };
    }

    static ProblemException unknown() {
        return new ProblemException(
                404, "The CA has not issued a certificate with this id. GET /certificates lists them.", List.of());
    }
}
