package io.cachedconnection.datasample;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A financial provider. */
@Entity
@Table(name = "PROVIDER")
public class Provider {

    @Id
    @Column(name = "SLUG")
    private String slug = "";

    @Column(name = "NAME", nullable = false)
    private String name = "";

    @Column(name = "COUNTRY", nullable = false)
    private String country = "";

    public Provider() {}

    Provider(String slug, String name, String country) {
        this.slug = slug;
        this.name = name;
        this.country = country;
    }

    public String getSlug() {
        return slug;
    }

    public void setSlug(String slug) {
        this.slug = slug;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getCountry() {
        return country;
    }

    public void setCountry(String country) {
        this.country = country;
    }
}
