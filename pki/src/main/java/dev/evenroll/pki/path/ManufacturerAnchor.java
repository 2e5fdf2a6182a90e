package dev.evenroll.pki.path;

import org.jspecify.annotations.Nullable;

/// Whose devices a trust anchor of a manufacturer vouches for, as its name says: `acme` for all of that
/// manufacturer, `acme/X1` for those of one model.
///
/// @param model null: every model
public record ManufacturerAnchor(
        String manufacturer, @Nullable String model) {
    private static final char SEPARATOR = '/';

    public ManufacturerAnchor {
        requirePart("manufacturer", manufacturer);
        if (model != null) {
            requirePart("model", model);
        }
    }

    private static void requirePart(String field, String value) {
        if (value.isEmpty() || value.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException(
                    field + ": \"" + value + "\" is empty or contains '/'; name the anchor <manufacturer>.pem or "
                            + "<manufacturer>/<model>.pem");
        }
    }

    /// What the name of an anchor says.
    ///
    /// @param anchorName see [PathResult.Trusted#anchorName]
    public static ManufacturerAnchor of(String anchorName) {
        int separator = anchorName.indexOf(SEPARATOR);
        return separator < 0
                ? new ManufacturerAnchor(anchorName, null)
                : new ManufacturerAnchor(anchorName.substring(0, separator), anchorName.substring(separator + 1));
    }

    /// The name of the anchor: the inverse of [#of].
    public String name() {
        return model == null ? manufacturer : manufacturer + SEPARATOR + model;
    }

    /// Whether the anchor vouches for devices of a manufacturer's model.
    public boolean allows(String otherManufacturer, String otherModel) {
        return manufacturer.equals(otherManufacturer) && (model == null || model.equals(otherModel));
    }
}
