struct dentry {
    unsigned int d_flags;
    unsigned int d_seq;
    void *d_hash[2];
    void *d_parent;
    unsigned long d_name_hash_len;
    const unsigned char *d_name;
    void *d_inode;
    unsigned char d_iname[40];
    const void *d_op;
    void *d_sb;
    unsigned long d_time;
    void *d_fsdata;
    unsigned long d_lockref;
    void *d_lru[2];
    void *d_sib[2];
    void *d_children;
    void *d_u[2];
};
