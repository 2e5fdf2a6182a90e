package dev.evenroll.validator.service;

import java.net.URI;

/// Where the other replicas reach the administration listener of this one.
///
/// @param hostAndPort as `application.server` of Kafka Streams wants it
record AdvertisedUrl(String hostAndPort) {

    private static final int HTTPS_PORT = 443;

    /// @throws IllegalArgumentException when it can not be used, with the name of the property and the reason
    static AdvertisedUrl of(URI url) {
        var bare = (url.getPath() == null
                        || url.getPath().isEmpty()
                        || url.getPath().equals("/"))
                && url.getQuery() == null
                && url.getFragment() == null
                && url.getUserInfo() == null;
        if (!"https".equals(url.getScheme()) || url.getHost() == null || !bare) {
            throw new IllegalArgumentException("evenroll.advertised-url: \"" + url
                    + "\" is not of the form https://host:port; set it to the address under which the other replicas "
                    + "reach the administration listener of this one.");
        }
        return new AdvertisedUrl(url.getHost() + ":" + (url.getPort() < 0 ? HTTPS_PORT : url.getPort()));
    }
}
