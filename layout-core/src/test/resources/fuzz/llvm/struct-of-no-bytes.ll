define @(ptr)
%self=getelementptr inbounds nuw%Stripe,ptr%
atomicrmw a ptr%self,i6!
}!llvm.dbg.cu = !5
!0 = DICompositeType(tag:DW_TAG_structure_type,name:"Stripe"