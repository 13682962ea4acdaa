package io.cachedconnection.servertests;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;

/**
 * An entity with a version, which the persistence provider counts up when it writes it, as a rule in the commit; and with a
 * collection, of which each provider makes one of its own.
 */
@Entity
@Table(name = "NOTE")
public class Note {

    @Id
    @Column(name = "ID")
    private long id;

    @Column(name = "CONTENT", nullable = false)
    private String content = "";

    @Version
    @Column(name = "VERSION")
    private long version;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "NOTE_TAG", joinColumns = @JoinColumn(name = "NOTE_ID"))
    @Column(name = "TAG")
    private Set<String> tags = new HashSet<>();

    public Note() {}

    Note(long id, String content) {
        this.id = id;
        this.content = content;
        this.tags.add("tag of " + id);
    }

    public long getId() {
        return id;
    }

    public void setId(long id) {
        this.id = id;
    }

    public String getContent() {
        return content;
    }

    public void setContent(String content) {
        this.content = content;
    }

    public long getVersion() {
        return version;
    }

    public void setVersion(long version) {
        this.version = version;
    }

    public Set<String> getTags() {
        return tags;
    }

    public void setTags(Set<String> tags) {
        this.tags = tags;
    }
}
